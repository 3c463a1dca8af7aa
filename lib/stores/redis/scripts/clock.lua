-- The time of the server that holds a key. One key decides for all processes, whose servers may disagree.
--
-- KEYS[1]  any key of the prefix
-- Returns  seconds, microseconds

return redis.call('TIME')

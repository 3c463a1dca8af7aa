-- The one-time tokens of a user, those that expire first first. Reads only.
--
-- KEYS[1]  one-time tokens of the user
-- Derived  the tokens
-- Returns  for each token: name, content

local names, parts = redis.call('ZRANGE', KEYS[1], 0, -1), {}
for _, name in ipairs(names) do
  local raw = redis.call('GET', key('o', name))
  if raw then parts[#parts + 1], parts[#parts + 2] = name, raw end
end
return parts

-- Reads the feed across users, oldest first.
--
-- KEYS[1]  feed
-- ARGV     1 name of the entry behind which to begin, or '', 2 how many
-- Returns  for each entry: name, letter

local from = ARGV[1] == '' and '-' or '(' .. ARGV[1]
local parts = {}
for _, entry in ipairs(redis.call('XRANGE', KEYS[1], from, '+', 'COUNT', ARGV[2])) do
  parts[#parts + 1], parts[#parts + 2] = entry[1], entry[2][2]
end
return parts

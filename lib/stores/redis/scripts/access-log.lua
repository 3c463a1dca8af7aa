-- Reads the log of the administrators' API, newest first.
--
-- KEYS[1]  access log
-- ARGV     1 name of the entry behind which to begin, or '', 2 how many
-- Returns  for each entry: name, id, entry

local from = ARGV[1] == '' and '+' or '(' .. ARGV[1]
local parts = {}
for _, entry in ipairs(redis.call('XREVRANGE', KEYS[1], from, '-', 'COUNT', ARGV[2])) do
  parts[#parts + 1], parts[#parts + 2], parts[#parts + 3] = entry[1], entry[2][1], entry[2][2]
end
return parts

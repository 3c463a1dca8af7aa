-- Reads the log of the administrators' API, newest first: both its streams, merged.
--
-- KEYS[1]  access log; KEYS[2] that of calls by nobody
-- ARGV     1 name of the entry behind which to begin, or '', 2 how many, 3 with those by nobody (1 or 0), 4 time of the oldest
--          that is shown
-- Returns  for each entry: name, id, entry

local from = ARGV[1] == '' and '+' or '(' .. ARGV[1]
local count = tonumber(ARGV[2])

local function newest(stream)
  return redis.call('XREVRANGE', stream, from, ARGV[4], 'COUNT', count)
end

local function is_later(one, other)
  local time, sequence = one[1]:match('^(%d+)-(%d+)$')
  local other_time, other_sequence = other[1]:match('^(%d+)-(%d+)$')
  if time ~= other_time then return tonumber(time) > tonumber(other_time) end
  return tonumber(sequence) > tonumber(other_sequence)
end

local known = newest(KEYS[1])
local nobodys = ARGV[3] == '1' and newest(KEYS[2]) or {}
local parts, i, j = {}, 1, 1
while i + j - 2 < count and (known[i] or nobodys[j]) do
  local entry
  if not nobodys[j] or (known[i] and is_later(known[i], nobodys[j])) then
    entry, i = known[i], i + 1
  else
    entry, j = nobodys[j], j + 1
  end
  parts[#parts + 1], parts[#parts + 2], parts[#parts + 3] = entry[1], entry[2][1], entry[2][2]
end
return parts

-- Puts other entries in the place of some in the log of the administrators' API. A stream takes none but behind its last, so each is written
-- anew from the oldest of them on: what administrators did stays, and in its order, while whom it was about is forgotten.
--
-- KEYS[1]  access log; KEYS[2] that of calls by nobody
-- ARGV     1 at, 2 not after, then for each: which of the two (1 or 2), its name, what it is to be
-- Returns  'late', now | 'forgotten', how many were there

local late = late_reply(ARGV[2])
if late then return late end

local replaced, wanted, oldest = 0, { {}, {} }, {}
-- The newest come first.
for i = 3, #ARGV, 3 do
  local index = tonumber(ARGV[i])
  wanted[index][ARGV[i + 1]], oldest[index] = ARGV[i + 2], ARGV[i + 1]
end

-- Deleting takes no memory; after it Redis lets the rest pass, even when it is out of memory. Gives what is to be written anew.
local function cut(stream, from)
  local entries = redis.call('XRANGE', stream, from, '+')
  for first = 1, #entries, CHUNK do
    local names = {}
    for i = first, math.min(first + CHUNK - 1, #entries) do names[#names + 1] = entries[i][1] end
    redis.call('XDEL', stream, unpack(names))
  end
  local last = redis.call('XREVRANGE', stream, '+', '-', 'COUNT', 1)[1]
  if last then
    -- So that names above that one are taken again.
    local reply = redis.pcall('XSETID', stream, last[1])
    if reply.ok then return entries end
  end
  local all = redis.call('XRANGE', stream, '-', '+')
  redis.call('DEL', stream)
  for _, entry in ipairs(entries) do all[#all + 1] = entry end
  return all
end

for index, stream in ipairs(KEYS) do
  if oldest[index] then
    local life = redis.call('PTTL', stream)
    for _, one in ipairs(cut(stream, oldest[index])) do
      local name, id, entry = one[1], one[2][1], one[2][2]
      local instead = wanted[index][name]
      if instead then replaced = replaced + 1 end
      redis.call('XADD', stream, name, id, instead or entry)
    end
    if life > 0 then redis.call('PEXPIRE', stream, life) end
  end
end
return { 'forgotten', replaced }

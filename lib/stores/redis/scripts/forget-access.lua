-- Puts other entries in the place of some in the log of the administrators' API. A stream takes none but behind its last, so each is written
-- anew, whole: what administrators did stays, and in its order, while whom it was about is forgotten.
--
-- KEYS[1]  access log; KEYS[2] that of calls by nobody
-- ARGV     1 at, 2 not after, then for each: which of the two (1 or 2), its name, what it is to be
-- Returns  'late', now | 'forgotten', how many were there

local late = late_reply(ARGV[2])
if late then return late end

local replaced, wanted = 0, { {}, {} }
for i = 3, #ARGV, 3 do wanted[tonumber(ARGV[i])][ARGV[i + 1]] = ARGV[i + 2] end

for index, stream in ipairs(KEYS) do
  if next(wanted[index]) then
    local entries, life = redis.call('XREVRANGE', stream, '+', '-'), redis.call('PTTL', stream)
    -- Deleting takes no memory; after it Redis lets the rest pass, even when it is out of memory.
    redis.call('DEL', stream)
    for i = #entries, 1, -1 do
      local name, id, entry = entries[i][1], entries[i][2][1], entries[i][2][2]
      local instead = wanted[index][name]
      if instead then replaced = replaced + 1 end
      redis.call('XADD', stream, name, id, instead or entry)
    end
    if life > 0 then redis.call('PEXPIRE', stream, life) end
  end
end
return { 'forgotten', replaced }

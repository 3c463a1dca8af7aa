-- Makes dead letters due again.
--
-- KEYS[1]  dead letters; KEYS[2] what comes later; KEYS[3] its letters; KEYS[4] count of those lost
-- ARGV     1 at, 2 sink, or '' for all
-- Returns  how many

local kept, count = {}, 0
local all = redis.call('LRANGE', KEYS[1], 0, -1)
for _, dead in ipairs(all) do
  local sink, letter = unpack_dead(dead)
  if ARGV[2] == '' or sink == ARGV[2] then
    -- They are kept first: out of memory, this fails before any is gone.
    keep_for(KEYS[2], KEYS[3], id_for(letter, sink), letter, 0, tonumber(ARGV[1]), tonumber(ARGV[1]))
    count = count + 1
  else
    kept[#kept + 1] = dead
  end
end
if count == 0 then return { 0 } end
redis.call('DEL', KEYS[1])
for _, dead in ipairs(kept) do redis.call('RPUSH', KEYS[1], dead) end
if #kept > 0 then redis.call('PEXPIRE', KEYS[1], retention.outboxMilliseconds) end
bound_later(KEYS[2], KEYS[3], KEYS[4])
return { count }

-- Keeps where the ending of everybody's sessions has come to, unless somebody else was faster.
--
-- KEYS[1]  ending: u32 version, 8 bytes attempt, u8 whether it is finished, 22 bytes id, then JSON
-- ARGV     1 at, 2 not after, 3 attempt, 4 version, 5 id, 6 what to keep
-- Returns  'late', now | 'saved' | 'conflict', what is kept

local late = late_reply(ARGV[2])
if late then return late end

local raw = redis.call('GET', KEYS[1])
if raw then
  local version, attempt, finished, id = struct.unpack('>I4c8Bc22', raw)
  if attempt == ARGV[3] then
    rewrite(KEYS[1])
    return { 'saved' }
  end
  local follows = finished == 1
  if id == ARGV[5] then follows = tonumber(ARGV[4]) == version + 1 end
  if not follows then return { 'conflict', raw } end
end
-- What it tells of frees memory. After this, which takes none, Redis lets the SET pass even when it is out of it.
rewrite(KEYS[1])
redis.call('SET', KEYS[1], ARGV[6], 'PX', retention.epochMilliseconds)
return { 'saved' }

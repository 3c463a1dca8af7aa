-- How a user's history is written. Prepended to every script behind record.lua; never run alone.

-- Sent again, a command finds its entry among the newest.
local function was_told(history, entry)
  local first = 1
  for _ = 1, RECENT do
    if first + 1 > #history then return false end
    local following = first + 2 + struct.unpack('>I2', history, first)
    if history:sub(first + 2, following - 1) == entry then return true end
    first = following
  end
  return false
end

-- 1, or 0 where it could not be written: an ending stands even then. The history is one string, newest entry first, each
-- behind its length (u16): for the few that most users have, a list takes a hundred bytes more.
local function write_audit(user, entry, at)
  local name = key('a', user)
  local before = redis.pcall('GET', name)
  if type(before) == 'table' or #entry > 65535 then return 0 end
  if before and was_told(before, entry) then return 1 end
  local all = struct.pack('>I2', #entry) .. entry .. (before or '')
  local kept, count = 0, 0
  while count < retention.auditEntries and kept + 18 <= #all do
    local following = kept + 2 + struct.unpack('>I2', all, kept + 1)
    -- An entry's time stands behind its length and its id.
    local is_old = struct.unpack('>I6', all, kept + 11) <= at - retention.auditMilliseconds
    if is_old or following > #all then break end
    kept, count = following, count + 1
  end
  local reply = redis.pcall('SET', name, all:sub(1, kept), 'PX', retention.auditMilliseconds)
  return reply.ok and 1 or 0
end

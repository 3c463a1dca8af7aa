-- Ends one session: deletes it, then leaves a tombstone, then the audit entry.
--
-- KEYS[1]  session
-- Derived  index, audit, outbox, epoch, and tombstones that are pushed out
-- ARGV     1 at, 2 not after, 3 attempt, 4 owner's user key, or '', 5 family, or '', 6 time of its end, 7 ending,
--          8 audit entry
-- Returns  'late', now | 'missing' | 'ended', audited (1 or 0), record, whether this command ended it (1 or 0)

local late = late_reply(ARGV[2])
if late then return late end

local at = tonumber(ARGV[1])
local r = read(redis.call('GET', KEYS[1]))
if not r or (ARGV[4] ~= '' and r.user ~= ARGV[4]) or (ARGV[5] ~= '' and r.family ~= ARGV[5]) then
  return { 'missing' }
end
if r.state == ENDED then
  rewrite(KEYS[1])
  return { 'ended', 1, r.raw, made_last(r, ARGV[3]) and 1 or 0 }
end
if not is_live(r, at) then return { 'missing' } end
require_here(KEYS[1], key('i', r.user), key('a', r.user))
require_outbox(ARGV[8])
-- Out of its index when its user was erased: it goes as they did.
if was_erased(r.user, r.started) then
  redis.call('DEL', KEYS[1])
  return { 'missing' }
end
local surplus = surplus_tombstones(r.user, 1)

-- Deleting takes no memory. What follows may fail; the session is over.
redis.call('DEL', KEYS[1])
bury(r, NAME, tonumber(ARGV[6]), ARGV[7], ARGV[3])
local audited = write_audit(r.user, ARGV[8], at, r)
prune(r.user, surplus, at)
return { 'ended', audited, r.raw, 1 }

-- Gives a session a new family of tokens: everything issued before dies now.
--
-- KEYS[1]  session
-- Derived  index, audit, outbox, epoch, floor
-- ARGV     1 at, 2 not after, 3 attempt, 4 family until now, 5 family, 6 access digest, 7 refresh digest, or '',
--          8 audit entry, 9 version amended, or '' for no amendment, 10 time of authentication, 11 device type and profile,
--          12 whether it needs a fresh login (1 or 0)
-- Returns  'late', now | 'missing' | 'conflict', record | 'outdated', record, reason | 'rekeyed', audited (1 or 0), record

local late = late_reply(ARGV[2])
if late then return late end

local at = tonumber(ARGV[1])
local r = read(redis.call('GET', KEYS[1]))
if r and r.state == LIVE and was_made(r, ARGV[3]) then
  rewrite(KEYS[1])
  return { 'rekeyed', 1, r.raw }
end
if not is_live(r, at) then return { 'missing' } end
if r.family ~= ARGV[4] or (ARGV[9] ~= '' and r.version ~= tonumber(ARGV[9])) then return { 'conflict', r.raw } end
local index = key('i', r.user)
require_here(KEYS[1], index, key('a', r.user))
require_outbox(ARGV[8])
-- New keys and deadlines would carry a session past the revoke-all that did not find it.
local epoch, reason = read_epoch(redis.call('GET', key('e', r.user)))
if r.started <= epoch then return { 'outdated', r.raw, reason } end

local member_before = member(r, NAME)
rekey(r, at, ARGV[5], ARGV[6], ARGV[7])
if ARGV[9] ~= '' then
  local application, _, data = parts(r.tail)
  r.tail = application .. ARGV[11] .. data
  r.version, r.authenticated = r.version + 1, tonumber(ARGV[10])
  set_flag(r, STEP_UP, ARGV[12] == '1')
end
remember(r, ARGV[3])

redis.call('PEXPIRE', KEYS[1], ttl(r, at))
save(r, NAME, at)
if member(r, NAME) ~= member_before then redis.call('ZREM', index, member_before) end
put_in_index(r, NAME, at)
return { 'rekeyed', write_audit(r.user, ARGV[8], at, r), r.raw }

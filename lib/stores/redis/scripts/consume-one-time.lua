-- Takes one use of a one-time token.
--
-- KEYS[1]  one-time token
-- Derived  audit, outbox, epoch
-- ARGV     1 at, 2 not after, 3 attempt, 4 purpose, 5 audit entry where a use is taken, 6 where none is left, 7 where it has
--          expired
-- Returns  'late', now | 'missing' | 'consumed', 'spent' or 'expired', audited (1 or 0), token

local late = late_reply(ARGV[2])
if late then return late end

local at, attempt = tonumber(ARGV[1]), ARGV[3]
local t = read_one_time(redis.call('GET', KEYS[1]))
-- One of another purpose opens nothing, and is not told apart from none.
if not t or t.purpose ~= ARGV[4] then return { 'missing' } end
if was_made(t, attempt) then return { 'consumed', 1, t.raw } end
if has_user(t) then
  require_here(KEYS[1], key('a', t.user), key('e', t.user))
  require_outbox(ARGV[5])
end

if t.expires <= at then return refuse_one_time(KEYS[1], t, 'expired', ARGV[7], at) end
if t.uses == 0 then return refuse_one_time(KEYS[1], t, 'spent', ARGV[6], at) end

local tells = has_user(t) and t.redemptions < retention.oneTimeRedemptions
if tells then t.redemptions = t.redemptions + 1 end

-- Out of memory, the SETRANGE fails before anything has changed: whoever is told 503 may show the token again.
remember(t, attempt)
local left = struct.pack('>I2', t.uses - 1) .. told_of(t) .. t.attempts
redis.call('SETRANGE', KEYS[1], USES_AT, left)
t.raw = t.raw:sub(1, USES_AT) .. left .. t.raw:sub(USES_AT + #left + 1)
return { 'consumed', tells and write_audit(t.user, ARGV[5], at) or 1, t.raw }

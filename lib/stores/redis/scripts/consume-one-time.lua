-- Takes one use of a one-time token.
--
-- KEYS[1]  one-time token
-- Derived  audit
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
if has_user(t) then require_here(KEYS[1], key('a', t.user)) end

local function reply(status, entry)
  return { status, has_user(t) and write_audit(t.user, entry, at) or 1, t.raw }
end

-- Whoever shows it on and on must not wash the rest of the history away.
local function refuse(status, entry)
  if not has_user(t) or t.refusals >= retention.oneTimeRefusals then return { status, 1, t.raw } end
  t.refusals = t.refusals + 1
  redis.pcall('SETRANGE', KEYS[1], TOLD_AT, told_of(t))
  return reply(status, entry)
end

if t.expires <= at then return refuse('expired', ARGV[7]) end
if t.uses == 0 then return refuse('spent', ARGV[6]) end

local tells = has_user(t) and t.redemptions < retention.oneTimeRedemptions
if tells then t.redemptions = t.redemptions + 1 end

-- Out of memory, the SETRANGE fails before anything has changed: whoever is told 503 may show the token again.
remember(t, attempt)
local left = struct.pack('>I2', t.uses - 1) .. told_of(t) .. t.attempts
redis.call('SETRANGE', KEYS[1], USES_AT, left)
t.raw = t.raw:sub(1, USES_AT) .. left .. t.raw:sub(USES_AT + #left + 1)
return tells and reply('consumed', ARGV[5]) or { 'consumed', 1, t.raw }

-- Ends the sessions of a user that were created since an instant, has all others confirm their login, and raises the epoch; takes
-- the one use of the one-time token that allows it.
--
-- KEYS[1]  index; KEYS[2] audit; KEYS[3] epoch; KEYS[4] one-time token
-- Derived  floor, outbox, the sessions in the index, and tombstones that are pushed out
-- ARGV     1 at, 2 not after, 3 attempt, 4 purpose, 5 since, 6 epoch, 7 time of their end, 8 ending, 9 reason, 10 audit entry
--          with room for the count, 11 where the token is spent, 12 where it has expired
-- Returns  'late', now | 'missing' | 'spent' or 'expired', audited (1 or 0), token | 'disowned', audited, how many ended, how many
--          others must confirm their login

local late = late_reply(ARGV[2])
if late then return late end

-- From the flags to the beginning: what changes of a session that stays, counted from 0, and what lies between.
local FLAGS_AT, CHANGES = 2, '>BI4c36I6'
-- What it did stands in the token behind the attempt that did it.
local DONE, DONE_AT = '>I4I4', ATTEMPT_BYTES + 1
local at, not_after, attempt = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3]
local since, epoch = tonumber(ARGV[5]), tonumber(ARGV[6])

require_here(KEYS[1], KEYS[2], KEYS[3], KEYS[4])
require_outbox(ARGV[10])
local t = read_one_time(redis.call('GET', KEYS[4]))
if not t or t.purpose ~= ARGV[4] or t.user ~= NAME then return { 'missing' } end
if made_last(t, attempt) then
  rewrite(KEYS[4])
  return { 'disowned', 1, struct.unpack(DONE, t.attempts, DONE_AT) }
end
if t.expires <= at then return refuse_one_time(KEYS[4], t, 'expired', ARGV[12], at) end
if t.uses == 0 then return refuse_one_time(KEYS[4], t, 'spent', ARGV[11], at) end

local epoch_raw = redis.call('GET', KEYS[3])
epochs[NAME] = epoch_raw
local last_epoch, reason = read_epoch(epoch_raw)

-- Whether it began since the command was first sent: sent again long after, it leaves that alone. What has yet to begin was made
-- before the clock was set back.
local function is_newer(r)
  local began = math.min(r.created, r.started)
  local is_to_come = at <= not_after and began > not_after
  return began > epoch and not is_to_come
end

-- The version rises with the flag: an amendment on its way that was made from the session as it was must not clear it.
local function changed(raw, steps_up)
  local flags, version, between, started = struct.unpack(CHANGES, raw, FLAGS_AT + 1)
  if steps_up then flags, version = bit.bor(flags, STEP_UP), (version + 1) % 0x100000000 end
  return struct.pack(CHANGES, flags, version, between, math.max(started, epoch + 1))
end

local doomed, members, tombs, others, changes, count, step_ups = {}, {}, {}, {}, {}, 0, 0
local all = redis.call('ZREVRANGEBYSCORE', KEYS[1], '+inf', '(0')
-- The farthest expiry first: those leave a tombstone, as far as there is room.
visit_records(KEYS[1], all, function(i, raw, name)
  if not raw then return end
  local r = glance(raw)
  if r and (not is_live(r, at) or is_newer(r)) then return end
  if r and r.created < since and r.started > last_epoch then
    -- Behind an impersonated session is an administrator: there is no login of the user's to confirm.
    local is_own = all[i]:byte(NAME_BYTES + 1) ~= IMPERSONATION
    if is_own then step_ups = step_ups + 1 end
    others[#others + 1] = name
    changes[#changes + 1] = changed(raw, is_own)
    return
  end
  -- What cannot be read ends uncounted: a newer version may have written it, and would let it in.
  doomed[#doomed + 1], members[#members + 1] = name, all[i]
  if not r then return end
  count = count + 1
  if #tombs < retention.tombstones then tombs[#tombs + 1] = { r = read(raw), sid = all[i]:sub(1, NAME_BYTES) } end
end)
if epoch > last_epoch then last_epoch, reason = epoch, ARGV[9] end
local surplus = surplus_tombstones(NAME, #tombs)

-- A write that takes no memory comes first: after it Redis lets the rest pass, even when it is out of memory.
redis.call('PEXPIRE', KEYS[1], math.max(redis.call('PTTL', KEYS[1]), retention.tombstoneMilliseconds))
save_epoch(KEYS[3], epoch_raw, last_epoch, reason, attempt, count)

for first = 1, #doomed, CHUNK do
  local last = math.min(first + CHUNK - 1, #doomed)
  redis.call('DEL', unpack(doomed, first, last))
  redis.call('ZREM', KEYS[1], unpack(members, first, last))
end
for i, name in ipairs(others) do redis.call('SETRANGE', name, FLAGS_AT, changes[i]) end
for _, one in ipairs(tombs) do bury(one.r, one.sid, tonumber(ARGV[7]), ARGV[8], attempt) end

-- Whoever is told of a fault before this may show the token again.
remember(t, struct.pack(DONE, count, step_ups))
remember(t, attempt)
t.redemptions = t.redemptions + 1
redis.call('SETRANGE', KEYS[4], USES_AT, struct.pack('>I2', 0) .. told_of(t) .. t.attempts)

local audited = write_audit(NAME, with_count(ARGV[10], count), at, tombs[1] and tombs[1].r)
prune(NAME, surplus, at)
return { 'disowned', audited, count, step_ups }

-- Ends as many of a user's sessions as exceed the limits, all that are configured.
--
-- KEYS[1]  index; KEYS[2] audit; KEYS[3] epoch, which remembers the command; KEYS[4] own limit
-- Derived  floor, outbox, the sessions in the index, and tombstones that are pushed out
-- ARGV     1 at, 2 not after, 3 attempt, 4 limit of every user, or '', 5 this user's own, or '', 6 precedence,
--          7 limit of each application that is not named, or '', 8 order in which sessions end, 9 ids of those that do first,
--          10 farewell, then for each named application and device type: 'a' or 'd' and its name, limit
-- Returns  'late', now | 'trimmed', audited (1 or 0), count

local late = late_reply(ARGV[2])
if late then return late end

local at, attempt = tonumber(ARGV[1]), ARGV[3]
local epoch_raw = redis.call('GET', KEYS[3])
epochs[NAME] = epoch_raw
local made = revoked_before(epoch_raw, attempt)
if made then
  rewrite(KEYS[3])
  return { 'trimmed', 1, made }
end

local rules = { u = user_limit(ARGV[4], ARGV[5], redis.call('GET', KEYS[4]), ARGV[6]) }
rules.each_application = tonumber(ARGV[7])
local is_narrow = rules.each_application or #ARGV > 10
for i = 11, #ARGV, 2 do rules[ARGV[i]] = tonumber(ARGV[i + 1]) end

local crowd, chosen, gone = crowd_of(live_members(KEYS[1], at), is_narrow), {}, {}
if excess_of(rules, crowd) then
  -- Redis may have dropped records by itself: those do not count.
  crowd, gone = meet(KEYS[1], crowd, at)
  local excess = excess_of(rules, crowd)
  if excess then chosen = choose(queue_of(crowd, ARGV[9], ARGV[8], excess), excess) end
end
if #chosen == 0 then return { 'trimmed', 1, 0 } end
local farewell = read_farewell(ARGV[10])
require_outbox(farewell.audit)
for _, one in ipairs(chosen) do one.farewell = farewell end
local surplus = pushed_out(NAME, chosen)

local epoch, reason = read_epoch(epoch_raw)

-- A write that takes no memory comes first: after it Redis lets the rest pass, even when it is out of memory.
redis.call('PEXPIRE', KEYS[1], math.max(redis.call('PTTL', KEYS[1]), retention.tombstoneMilliseconds))
save_epoch(KEYS[3], epoch_raw, epoch, reason, attempt, #chosen)
local audited = end_all(NAME, chosen, attempt, at)
for _, name in ipairs(gone) do redis.call('ZREM', KEYS[1], name) end
prune(NAME, surplus, at)
return { 'trimmed', audited, #chosen }

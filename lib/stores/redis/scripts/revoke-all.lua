-- Ends the sessions of a user that began at or before the epoch, and raises it. May keep one, and give it new tokens.
--
-- KEYS[1]  index; KEYS[2] audit; KEYS[3] epoch
-- Derived  floor, outbox, the sessions in the index, the session kept, and tombstones that are pushed out
-- ARGV     1 at, 2 not after, 3 attempt, 4 epoch, or '', 5 whether only untrusted ones (1 or 0), 6 id of the session to keep,
--          or '', 7 its new family, or '', 8 access digest, 9 refresh digest, or '', 10 time of their end, 11 ending,
--          12 reason, 13 audit entry with room for the count, 14 access digest without which it is not kept, or '', 15 how many may
--          end, or '' for all
-- Returns  'late', now | 'ended', audited (1 or 0), count, record kept, or ''

local late = late_reply(ARGV[2])
if late then return late end

local at, attempt, except = tonumber(ARGV[1]), ARGV[3], ARGV[6]
local epoch, untrusted_only, most = tonumber(ARGV[4]), ARGV[5] == '1', tonumber(ARGV[15])

require_outbox(ARGV[13])
if except ~= '' then require_here(KEYS[1], key('s', except)) end
local kept = except ~= '' and read(redis.call('GET', key('s', except))) or nil
if not is_live(kept, at) or kept.user ~= NAME then kept = nil end

local epoch_raw = redis.call('GET', KEYS[3])
epochs[NAME] = epoch_raw
local made = revoked_before(epoch_raw, attempt)
if made then
  rewrite(KEYS[3])
  return { 'ended', 1, made, kept and kept.raw or '' }
end
-- Only now: a resend finds the session re-keyed by its own first run.
if kept and ARGV[14] ~= '' and ARGV[14] ~= kept.access_digest and ARGV[14] ~= kept.parent_access_digest then
  kept, except = nil, ''
end
local last_epoch, reason = read_epoch(epoch_raw)
-- It should have ended with those before, and must not pass this epoch either.
if kept and kept.started <= last_epoch then kept, except = nil, '' end
if epoch and epoch > last_epoch then last_epoch, reason = epoch, ARGV[12] end

local doomed, members, tombs, count = {}, {}, {}, 0
local not_after = tonumber(ARGV[2])
local function is_to_come(instant) return at <= not_after and instant > not_after end
local function is_doomed(r)
  if not is_live(r, at) or (untrusted_only and has(r, TRUSTED)) then return false end
  local began = epoch and r.started or r.created
  -- Sent again long after, it leaves alone what began since. What has yet to begin was made before the clock was set back.
  return began <= (epoch or at) or is_to_come(began)
end
-- The farthest expiry first: those leave a tombstone, as far as there is room.
local kept_name = except ~= '' and key('s', except)
local function doom(all)
  visit_records(KEYS[1], all, function(i, raw, name)
    if not raw or name == kept_name or count == most then return end
    local r = glance(raw)
    -- What cannot be read goes uncounted: a newer version may have written it, and would let it in.
    local is_strange = not r and epoch
    if not is_strange and not is_doomed(r) then return end
    doomed[#doomed + 1], members[#members + 1] = name, all[i]
    if not r then return end
    count = count + 1
    if #tombs < retention.tombstones then tombs[#tombs + 1] = { r = read(raw), sid = all[i]:sub(1, NAME_BYTES) } end
  end)
end
if most then
  -- No farther than needed: who has ten thousand would keep all others waiting.
  local seen, page = 0, nil
  repeat
    page = redis.call('ZREVRANGEBYSCORE', KEYS[1], '+inf', string.format('(%d', at), 'LIMIT', seen, BATCH)
    seen = seen + #page
    doom(page)
  until count >= most or #page < BATCH
else
  doom(redis.call('ZREVRANGEBYSCORE', KEYS[1], '+inf', '(0'))
end
local surplus = surplus_tombstones(NAME, #tombs)

-- A write that takes no memory comes first: after it Redis lets the rest pass, even when it is out of memory.
redis.call('PEXPIRE', KEYS[1], math.max(redis.call('PTTL', KEYS[1]), retention.tombstoneMilliseconds))
save_epoch(KEYS[3], epoch_raw, last_epoch, reason, attempt, count)

for first = 1, #doomed, CHUNK do
  local last = math.min(first + CHUNK - 1, #doomed)
  redis.call('DEL', unpack(doomed, first, last))
  redis.call('ZREM', KEYS[1], unpack(members, first, last))
end
for _, one in ipairs(tombs) do bury(one.r, one.sid, tonumber(ARGV[10]), ARGV[11], attempt) end
if kept then
  if epoch then kept.started = math.max(kept.started, epoch + 1) end
  if ARGV[7] ~= '' then rekey(kept, at, ARGV[7], ARGV[8], ARGV[9]) end
  save(kept, except, at)
  put_in_index(kept, except, at)
end

local audited = most and count == 0 and 1 or write_audit(NAME, with_count(ARGV[13], count), at, (tombs[1] or {}).r or kept)
prune(NAME, surplus, at)
return { 'ended', audited, count, kept and kept.raw or '' }

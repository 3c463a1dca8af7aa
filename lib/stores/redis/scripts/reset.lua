-- Forgets counters, and may make one known.
--
-- KEYS[1]  the first counter, or the one to make known where there is no other
-- Derived  the other counters, audit, outbox, epoch of that history
-- ARGV     1 at, 2 not after, 3 attempt, 4 name to make known, or '', 5 user key, or '', 6 audit entry, or '',
--          then the names of the counters to forget
-- Returns  'late', now | 'reset', audited (1 or 0), whether any had counted (1 or 0)

local late = late_reply(ARGV[2])
if late then return late end

local at, attempt, names = tonumber(ARGV[1]), ARGV[3], {}
for i = 7, #ARGV do names[#names + 1] = key('f', ARGV[i]) end
local known = ARGV[4] ~= '' and key('f', ARGV[4]) or KEYS[1]
require_here(KEYS[1], known, key('a', ARGV[5]), key('e', ARGV[5]), unpack(names))
require_outbox(ARGV[6])

-- What cannot be read is forgotten as well: this is the way out.
local function find(name)
  local read, c = pcall(read_counter, redis.call('GET', name))
  return read and c or nil
end

local forgot, is_audited, left = false, ARGV[5] ~= '', {}
for _, name in ipairs(names) do
  local c = find(name)
  if c and place_of(c, attempt) then return { 'reset', 1, 1 } end
  left[name] = at_zero(c)
  if c and c.count > 0 then
    forgot = true
    -- By this a resend is told what the first one was, and not audited again.
    if is_audited then note(left[name], attempt, 0) end
  end
end
if ARGV[4] ~= '' then
  left[known] = left[known] or find(known) or at_zero(nil)
  left[known].known, left[known].held = true, 0
end

-- Deleting takes no memory; after it Redis lets the rest pass, even when it is out of memory.
redis.call('DEL', known, unpack(names))
for name, c in pairs(left) do
  if c.known or c.made ~= '' then save_counter(name, c, at) end
end
local audited = forgot and is_audited and write_audit(ARGV[5], ARGV[6], at) or 1
return { 'reset', audited, forgot and 1 or 0 }

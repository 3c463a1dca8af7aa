-- Writes an entry into a user's history that no change goes with.
--
-- KEYS[1]  audit
-- Derived  outbox, epoch
-- ARGV     1 at, 2 not after, 3 entry, 4 user id as JSON, or '', 5 when what it tells of began
-- Returns  'late', now | 'noted', audited (1 or 0)

local late = late_reply(ARGV[2])
if late then return late end

require_here(KEYS[1], key('e', NAME))
if was_erased(NAME, tonumber(ARGV[5])) then return { 'noted', 1 } end
require_outbox(ARGV[3])
-- Nothing else tells of it: so it may be sent again after many others. Its random id is among the bytes.
local history = redis.pcall('GET', KEYS[1])
if type(history) == 'string' and history:find(ARGV[3], 1, true) then return { 'noted', 1 } end
return { 'noted', write_audit(NAME, ARGV[3], tonumber(ARGV[1]), ARGV[4]) }

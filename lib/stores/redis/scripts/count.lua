-- Counts one event on the first of the budgets that applies, on all of its counters or on none; or only asks.
--
-- KEYS[1]  leader of the first budget
-- Derived  the other counters, audit, outbox, epoch of that history
-- ARGV     1 at, 2 not after, 3 attempt, 4 user key, 5 whether it only asks (1 or 0), then for each budget: name of the known
--          counter, or '', number of its counters, and for each counter, the leader first: name, window, or '', count from which
--          on it locks, or '', audit entry of that, or '', and where its hold changes the count (u32) and the hold (u48)
-- Returns  'late', now | 'held' or 'counted', audited (1 or 0), index of the budget, then for each of its counters: count,
--          held until

local late = late_reply(ARGV[2])
if late then return late end

local STEP, STEP_BYTES = '>I4I6', 10
local at, attempt, history, only_asks = tonumber(ARGV[1]), ARGV[3], key('a', ARGV[4]), ARGV[5] == '1'
local budgets, names, i = {}, { KEYS[1], history }, 6
while i <= #ARGV do
  local budget = { known = ARGV[i], rules = {} }
  local last = i + 5 * tonumber(ARGV[i + 1]) + 1
  for r = i + 2, last, 5 do
    local rule = { name = key('f', ARGV[r]), window = tonumber(ARGV[r + 1]), locks_from = tonumber(ARGV[r + 2]) }
    rule.entry, rule.holds = ARGV[r + 3], ARGV[r + 4]
    budget.rules[#budget.rules + 1], names[#names + 1] = rule, rule.name
  end
  budgets[#budgets + 1], i = budget, last + 1
end
require_here(unpack(names))
require_outbox(budgets[1].rules[1].entry)

local counters = {}
for _, budget in ipairs(budgets) do
  for _, rule in ipairs(budget.rules) do counters[rule.name] = read_counter(redis.call('GET', rule.name)) end
end

-- A leader that stands at 0 begins a new series: none of its followers has counted in it.
local function series_of(leader)
  return leader.count > 0 and leader.series or ''
end

-- The counter as the rule sees it; a follower of another series stands at 0, held or not.
local function standing(rule, series)
  local c = counters[rule.name]
  if not c or (series and c.series ~= series) then return at_zero(c) end
  if rule.window and c.held <= at and at - c.first >= rule.window then return at_zero(c) end
  return c
end

local function standings(budget)
  local leader = standing(budget.rules[1])
  local all = { leader }
  for r = 2, #budget.rules do all[r] = standing(budget.rules[r], series_of(leader)) end
  return all
end

local function reply(status, audited, index, all)
  local parts = { status, audited, index - 1 }
  for _, c in ipairs(all) do parts[#parts + 1], parts[#parts + 2] = c.count, c.held end
  return parts
end

local chosen
for index, budget in ipairs(budgets) do
  -- Sent again: what made a budget apply may have changed since.
  local leader = counters[budget.rules[1].name]
  local place = leader and not only_asks and place_of(leader, attempt)
  if place and leader.made:byte(place + ATTEMPT_BYTES) == index then
    return reply('counted', 1, index, standings(budget))
  end
  local known = budget.known ~= '' and counters[key('f', budget.known)]
  if not chosen and (budget.known == '' or index == #budgets or (known and known.known)) then chosen = index end
end

local budget = budgets[chosen]
local all = standings(budget)
for _, c in ipairs(all) do
  if c.held > at then return reply('held', 1, chosen, all) end
end
if only_asks or was_erased(ARGV[4], at) then return reply('counted', 1, chosen, all) end

local function hold_of(rule, count)
  local hold = 0
  for first = 1, #rule.holds, STEP_BYTES do
    local from, step = struct.unpack(STEP, rule.holds, first)
    if from > count then break end
    hold = step
  end
  if hold == 0 then return 0 end
  return hold == FOR_GOOD and hold or math.min(at + hold, FOR_GOOD - 1)
end

-- The first SET fails when Redis is out of memory, and then nothing is counted.
local series = all[1].count > 0 and all[1].series or attempt
local entry = ''
for r, c in ipairs(all) do
  local rule = budget.rules[r]
  if c.count == 0 then c.first, c.series = at, series end
  c.count = math.min(c.count + 1, 4294967295)
  c.held = hold_of(rule, c.count)
  if entry == '' and rule.locks_from and c.count >= rule.locks_from then entry = rule.entry end
  if r == 1 then note(c, attempt, chosen) end
  save_counter(rule.name, c, at)
end
return reply('counted', entry ~= '' and write_audit(ARGV[4], entry, at) or 1, chosen, all)

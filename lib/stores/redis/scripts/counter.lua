-- What the scripts on counters share: how one is laid out, and what follows from it. Prepended to each behind record.lua;
-- never run alone.
--
-- A counter is a header of fixed width (counter-codec.ts reads it; numbers are big endian, times are milliseconds):
--   u8 format, u8 flags, u32 count, u48 held until, u48 first count of its run, 8 bytes series
-- then, by which a resend is recognised, the last four commands that counted on it as a leader or let it go, newest first:
-- attempt (8 bytes) and index of the budget (u8). The series is the attempt with which the leader's run began. It expires
-- unless it is held for good; one that is known may stand at 0.

local COUNTER, COUNTER_BYTES, COUNTER_FORMAT = '>BBI4I6I6c8', 26, 1
local KNOWN = 1
local FOR_GOOD = 281474976710655
local MADE_BYTES = ATTEMPT_BYTES + 1

-- nil for no counter; fails for what cannot be read: a newer version may have written it, and held it for good.
local function read_counter(raw)
  if not raw then return nil end
  if #raw < COUNTER_BYTES or raw:byte(1) ~= COUNTER_FORMAT then error('unreadable counter') end
  local _, flags, count, held, first, series = struct.unpack(COUNTER, raw)
  local c = { count = count, held = held, first = first, series = series, made = raw:sub(COUNTER_BYTES + 1) }
  c.known = bit.band(flags, KNOWN) ~= 0
  return c
end

-- Whatever it counted is forgotten.
local function at_zero(c)
  return { known = c ~= nil and c.known, count = 0, held = 0, first = 0, series = string.rep('\0', ATTEMPT_BYTES), made = '' }
end

local function save_counter(name, c, at)
  local flags = c.known and KNOWN or 0
  local raw = struct.pack(COUNTER, COUNTER_FORMAT, flags, c.count, c.held, c.first, c.series) .. c.made
  if c.held == FOR_GOOD then return redis.call('SET', name, raw) end
  local kept = c.known and retention.knownMilliseconds or retention.counterMilliseconds
  redis.call('SET', name, raw, 'PX', math.max(kept, c.held - at))
end

-- Where among the remembered commands this attempt stands, counted from 1.
local function place_of(c, attempt)
  for first = 1, #c.made, MADE_BYTES do
    if c.made:sub(first, first + ATTEMPT_BYTES - 1) == attempt then return first end
  end
  return nil
end

local function note(c, attempt, budget)
  c.made = (attempt .. string.char(budget) .. c.made):sub(1, RECENT * MADE_BYTES)
end

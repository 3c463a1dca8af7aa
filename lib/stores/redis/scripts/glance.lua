-- What scripts see of each session where a user has many: what tells whether it is live and which comes first, and no more. To read
-- whole records takes several times as long, and all other users wait. Prepended behind record.lua; never run alone.

local BATCH = 50 -- records read at once: more would not fit the processor's caches

-- From the last use on: seen, access, refresh, created, started, absolute, idle window; what lies between is skipped.
local GLANCE = '>I6I6' .. ('x'):rep(6) .. 'I6I6I6' .. ('x'):rep(18) .. 'I6' .. ('x'):rep(12) .. 'I6'

-- One table serves all: each glance overwrites the last. nil for what is not whole.
local glanced = {}
local function glance(raw)
  if not is_whole(raw) then return nil end
  local r = glanced
  r.state, r.flags = raw:byte(2, 3)
  r.seen, r.access, r.refresh, r.created, r.started, r.absolute, r.idle_window = struct.unpack(GLANCE, raw, SEEN_AT + 1)
  return r
end

-- Shows `visit` the record of each of these members of the index: its number, the record, false for none, and its key.
local function visit_records(index, members, visit)
  for first = 1, #members, BATCH do
    local last, names = math.min(first + BATCH - 1, #members), {}
    for i = first, last do names[#names + 1] = key('s', members[i]:sub(1, NAME_BYTES)) end
    -- The index among them: of one key alone that is still on another node, that one would say that there is none.
    names[#names + 1] = index
    local raws = redis.call('MGET', unpack(names))
    for i = first, last do visit(i, raws[i - first + 1], names[i - first + 1]) end
  end
end

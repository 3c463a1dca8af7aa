-- One page of a user's sessions of one kind. Reads only.
--
-- KEYS[1]  index
-- Derived  the sessions on the page
-- ARGV     1 at, 2 'active', 'expired' or 'ended', 3 score and 4 id of the last one seen, or '' and '', 5 limit,
--          6 application, or ''
-- Returns  for each session: score, id, record

local at, kind, after, after_id = tonumber(ARGV[1]), ARGV[2], tonumber(ARGV[3]), ARGV[4]
local limit, application = tonumber(ARGV[5]), ARGV[6]

local oldest_expired = string.format('(%d', math.max(0, at - retention.expiredMilliseconds))
local command, from, to, backwards
if kind == 'active' then
  command, from, to = 'ZRANGEBYSCORE', '(' .. ARGV[1], '+inf'
  if after and after > at then from = ARGV[3] end
elseif kind == 'expired' then
  command, from, to, backwards = 'ZREVRANGEBYSCORE', ARGV[1], oldest_expired, true
  if after and after < at then from = ARGV[3] end
else
  command, from, to = 'ZRANGEBYSCORE', '-inf', string.format('(%d', retention.tombstoneMilliseconds - at)
  if after then from = ARGV[3] end
end

local function is_wanted(r)
  if not r then return false end
  if kind == 'ended' then return r.state == ENDED end
  return r.state == LIVE and (effective(r) > at) == (kind == 'active')
end

-- Members of one score stand in the order of their ids.
local function is_behind(score, sid)
  if not after or tonumber(score) ~= after then return true end
  if backwards then return is_before(sid, after_id) end
  return is_before(after_id, sid)
end

local page, skip, step = {}, 0, math.max(limit, 200)
while #page < limit * 3 do
  local batch = redis.call(command, KEYS[1], from, to, 'WITHSCORES', 'LIMIT', skip, step)
  for i = 1, #batch, 2 do
    local name, score = batch[i], batch[i + 1]
    local sid = name:sub(1, NAME_BYTES)
    local fits = application == '' or name:sub(NAME_BYTES + MARK_BYTES + 2) == application
    if fits and #page < limit * 3 and is_behind(score, sid) then
      local raw = redis.call('GET', key('s', sid))
      if is_wanted(glance(raw)) then
        page[#page + 1], page[#page + 2], page[#page + 3] = score, sid, raw
      end
    end
  end
  if #batch < step * 2 then break end
  skip = skip + step
end
return page

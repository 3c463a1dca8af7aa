-- One step of SCAN, and which run of which server answers it. A script and no transaction: out of memory Redis queues no commands, and a
-- command that it denies would spoil the others.
--
-- KEYS     none: it is about the server that it is sent to
-- ARGV     1 position, 2 pattern, 3 how many keys to look at
-- Returns  the next position, the server's run or '' where it does not tell, then the names

local function about(section)
  local info = redis.pcall('INFO', section)
  return type(info) == 'string' and info or ''
end

if about('replication'):find('role:slave', 1, true) then
  return redis.error_reply('READONLY the server is a replica')
end
local page = redis.call('SCAN', ARGV[1], 'MATCH', ARGV[2], 'COUNT', ARGV[3])
local reply = { page[1], about('server'):match('run_id:(%w+)') or '' }
for _, name in ipairs(page[2]) do reply[#reply + 1] = name end
return reply

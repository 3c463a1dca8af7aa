-- Entries about a user that wait in the outbox, and those that were given up. Reads only.
--
-- KEYS[1]  new letters; KEYS[2] letters for single sinks; KEYS[3] dead letters
-- ARGV     1 user key
-- Returns  how many wait, then their letters, then the dead ones

local letters = { 0 }
local function add(letter)
  local is_theirs = letter:sub(1, NAME_BYTES) == ARGV[1]
  if is_theirs then letters[#letters + 1] = letter end
end
for _, letter in ipairs(redis.call('LRANGE', KEYS[1], 0, -1)) do add(letter) end
for _, body in ipairs(redis.call('HVALS', KEYS[2])) do add(body:sub(LETTER_AT)) end
letters[1] = #letters - 1
for _, one in ipairs(redis.call('LRANGE', KEYS[3], 0, -1)) do
  local _, letter = unpack_dead(one)
  add(letter)
end
return letters

-- KEYS[1] the view; ARGV position, JSON, time to live in ms.
-- Positions are exact as Lua numbers up to 2^53.
local held = redis.call('HGET', KEYS[1], 'position')
if held and tonumber(held) >= tonumber(ARGV[1]) then
    return 0
end
redis.call('HSET', KEYS[1], 'position', ARGV[1], 'view', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1

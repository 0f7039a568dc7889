-- KEYS[1] the SKU's hint; ARGV version, soldOut (0 or 1), lifetime in milliseconds.
local known = redis.call('HGET', KEYS[1], 'version')
if known and tonumber(known) >= tonumber(ARGV[1]) then
    return 0
end
redis.call('HSET', KEYS[1], 'version', ARGV[1], 'soldOut', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1

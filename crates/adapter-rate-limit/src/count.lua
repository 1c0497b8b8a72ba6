-- Counts one request, or refuses it, in one step, by this server's clock.
-- KEYS[1]: where the moment is kept (µs) at which the quota is whole again. ARGV: µs that one request costs, and the quota.
-- Returns how many µs are left until the quota is whole again, and how many to wait; 0 when this one was counted.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local cost, quota = tonumber(ARGV[1]), tonumber(ARGV[2])
local whole = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now)
local wait = whole + cost - cost * quota - now
if wait > 0 then
    return { whole - now, wait }
end
whole = whole + cost
redis.call('SET', KEYS[1], string.format('%.0f', whole), 'PX', math.ceil((whole - now) / 1000))
return { whole - now, 0 }

/**
 * What `SlidingWindow.hit` does, as one step on a Redis server and by its clock: KEYS[1] is a hash of hits by slice, ARGV are
 * the limit, the milliseconds of a slice, the cost (below 0 takes hits back) and the lifetime. Answers whether the hit is
 * allowed, the time, and the counts, oldest first.
 */
export const windowScript = {
  source: `
    local limit, slice, cost = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
    local time = redis.call('TIME')
    local now = time[1] * 1000 + math.floor(time[2] / 1000)
    local current = math.floor(now / slice)
    local stored = redis.call('HGETALL', KEYS[1])
    local slices, hits, used = {}, {}, 0
    for index = 1, #stored, 2 do
      local at = tonumber(stored[index])
      if at < current - 12 then
        redis.call('HDEL', KEYS[1], stored[index])
      else
        slices[#slices + 1] = at
        hits[at] = tonumber(stored[index + 1])
        used = used + hits[at]
      end
    end
    local allowed = used + cost <= limit and 1 or 0
    if allowed == 1 and cost > 0 then
      if hits[current] == nil then slices[#slices + 1] = current end
      hits[current] = (hits[current] or 0) + cost
      redis.call('HSET', KEYS[1], string.format('%.0f', current), hits[current])
      redis.call('PEXPIRE', KEYS[1], ARGV[4])
    end
    table.sort(slices)
    while cost < 0 and #slices > 0 do
      local last = slices[#slices]
      local taken = math.min(-cost, hits[last])
      hits[last] = hits[last] - taken
      cost = cost + taken
      if hits[last] == 0 then
        redis.call('HDEL', KEYS[1], string.format('%.0f', last))
        slices[#slices] = nil
      else
        redis.call('HSET', KEYS[1], string.format('%.0f', last), hits[last])
      end
    end
    local answer = { allowed, string.format('%.0f', now) }
    for _, at in ipairs(slices) do
      answer[#answer + 1] = string.format('%.0f', at)
      answer[#answer + 1] = string.format('%.0f', hits[at])
    end
    return answer
  `,
}

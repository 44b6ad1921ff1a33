/** Replaces an entry where it is still what was read. ARGV: '1' and the text that was read, or '0'; what to do; the new text; milliseconds. */
export const swapScript = {
  source: `
    local stored = redis.call('GET', KEYS[1])
    if ARGV[1] == '0' then
      if stored then return 0 end
    elseif stored ~= ARGV[2] then
      return 0
    end
    if ARGV[3] == 'delete' then
      redis.call('DEL', KEYS[1])
    elseif ARGV[3] == 'keep' then
      redis.call('SET', KEYS[1], ARGV[4], 'KEEPTTL')
    elseif ARGV[3] == 'forever' then
      redis.call('SET', KEYS[1], ARGV[4])
    else
      redis.call('SET', KEYS[1], ARGV[4], 'PX', ARGV[5])
    end
    return 1
  `,
}

/** Adds to a whole number, where that and the sum are exact as JavaScript numbers; else it answers nothing and changes nothing. */
export const incrScript = {
  source: `
    local stored = redis.call('GET', KEYS[1])
    if not stored or #stored > 17 or not string.match(stored, '^%-?%d+$') then return false end
    local sum = tonumber(stored) + tonumber(ARGV[1])
    if math.abs(tonumber(stored)) > 9007199254740991 or math.abs(sum) > 9007199254740991 then return false end
    redis.call('INCRBY', KEYS[1], ARGV[1])
    return redis.call('GET', KEYS[1])
  `,
}

/** Lets an entry last for ever; whether there is one. */
export const persistScript = {
  source: `
    redis.call('PERSIST', KEYS[1])
    return redis.call('EXISTS', KEYS[1])
  `,
}

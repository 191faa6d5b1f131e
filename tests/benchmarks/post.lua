-- wrk: post one body again and again, and print what `load.py` reads.
local file = io.open(os.getenv("BENCH_BODY"), "rb")
wrk.method = "POST"
wrk.body = file:read("*a")
wrk.headers["Content-Type"] = "application/json"

function done(summary, latency)
  local e = summary.errors
  local failed = e.connect + e.read + e.write + e.status + e.timeout
  local form = "RESULT %d %d %d %d %d\n"
  io.write(form:format(summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), failed))
end

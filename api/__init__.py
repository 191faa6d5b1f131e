"""Champion over HTTP.

pages/: pages for a browser, a wing of their own
guard: `Guard`: hosts, foreign origins, root path, security headers
kept: ETag, 304
app: routes and responses of FastAPI: assessments, ladder, evidence, rulebooks, facts, health
parameters: query parameters; strange or repeated ones refused
trial: query parameters of a trial (试算), and the rules changed by them; filled blanks
body: the body of a request, its size and seconds bounded
plain: `PlainRoute`: plain parameters are not read by FastAPI
language: zh or en by `lang` or Accept-Language
telling: detail, languages and words of an answer: what is left out, by class
problems: RFC 9457 problem details: handlers, status, titles
examples: a firm for the documentation
pieces: profiles of a body: array elements, lines, byte by byte
batch: `/v1/assessments:batch`: pieces in, answers streamed
upload: a form with a file received to disk, its size seen
form: the form of an answer from Accept: weights
desk: files judged in threads, a few at a time; busy, wait
plans: `/v1/plan`: fixed facts and bounds of a firm
questions: `/v1/form`: what is asked, as data
proofs: `/v1/proofs`: a question answered in a thread
papers: `/v1/evidence:list`: what each firm of a file is to hand in
portfolio: a file of firms against the targets: columns, held, limits
analyses: `/v1/sweeps`, `/v1/targets`, `/v1/comparisons`: vary, count, with, by
screenings: `/v1/screenings`: the answer as JSON lines, zip, workbook, CSV
bounds: `Bounds`: sizes, seconds, connections
protocol: httptools protocol of uvicorn: transports, keep-alive, lingering, heads in time
serve: `champion-api`: click options, host, port, workers
"""

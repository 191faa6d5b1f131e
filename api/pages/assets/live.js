(function () {
  "use strict";
  var form = document.getElementById("answers"), result = document.getElementById("result"), status = document.getElementById("status");
  if (!form || !result || !window.fetch || !window.URLSearchParams || !window.FormData) { return; }
  var timer = 0, asked = 0, composing = false;

  function show(answer) {
    var at = document.activeElement, id = at && result.contains(at) ? at.id : "", begins = id && at.selectionStart;
    result.innerHTML = answer.result;
    var says = document.querySelector("#result #standing, #result #problems-title");
    if (says && status.textContent !== says.textContent) { status.textContent = says.textContent; }
    Array.prototype.forEach.call(form.querySelectorAll(".read"), function (read) {
      var fact = read.id.slice(0, -5), field = document.getElementById(fact), says = answer.reads[fact] || "";
      var wrong = says.charAt(0) === "✗";
      read.innerHTML = says;
      read.className = wrong ? "read wrong" : "read";
      if (wrong) { field.setAttribute("aria-invalid", "true"); } else { field.removeAttribute("aria-invalid"); }
    });
    if (id && (at = document.getElementById(id))) {
      at.focus();
      if (at.setSelectionRange) { at.setSelectionRange(begins, begins); }
    }
  }

  function ask() {
    var mine = ++asked;
    result.setAttribute("aria-busy", "true");
    fetch(form.action, {
      method: "POST", credentials: "same-origin", headers: { Accept: "application/json" },
      body: new URLSearchParams(new FormData(form))
    }).then(function (answer) {
      return answer.ok ? answer.json() : null;
    }).then(function (answer) {
      if (mine === asked && answer) { show(answer); result.removeAttribute("aria-busy"); }
    }, function () {});
  }

  function soon(event) {
    if (composing || event.isComposing || (event.target.form !== form)) { return; }
    clearTimeout(timer);
    timer = setTimeout(ask, 300);
  }

  document.addEventListener("compositionstart", function () { composing = true; clearTimeout(timer); });
  document.addEventListener("compositionend", function (event) { composing = false; soon({ target: event.target }); });
  document.addEventListener("input", soon);
})();

// Single keys for what a page offers (data-key), the list of them (?), and forms that ask before they are sent twice.
(function () {
  "use strict";

  function typing(element) {
    return element instanceof HTMLElement && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));
  }

  function offered() {
    return Array.from(document.querySelectorAll("[data-key]")).filter(function (one) {
      return !one.disabled && one.offsetParent !== null;
    });
  }

  document.addEventListener("keydown", function (pressed) {
    if (pressed.ctrlKey || pressed.altKey || pressed.metaKey) {
      return;
    }
    if (typing(pressed.target)) {
      if (pressed.key === "Escape") {
        pressed.target.blur();
      }
      return;
    }
    var list = document.getElementById("keys");
    if (pressed.key === "?" && list) {
      pressed.preventDefault();
      if (list.open) {
        list.close();
      } else {
        list.showModal();
      }
      return;
    }
    if (list && list.open) {
      return;
    }
    var wanted = offered().find(function (one) {
      return one.dataset.key === pressed.key;
    });
    if (wanted) {
      pressed.preventDefault();
      if (typing(wanted)) {
        wanted.focus();
      } else {
        wanted.click();
      }
    }
  });

  var list = document.getElementById("keys");
  if (list) {
    var rows = list.querySelector("tbody");
    offered().forEach(function (one) {
      var row = rows.insertRow();
      var key = document.createElement("kbd");
      key.textContent = one.dataset.key;
      row.insertCell().appendChild(key);
      row.insertCell().textContent = one.dataset.keyName || one.getAttribute("aria-label") || one.textContent.replace(one.dataset.key, "").trim();
    });
  }

  document.addEventListener("submit", function (sent) {
    var form = sent.target;
    if (form.dataset.sent) {
      sent.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    window.setTimeout(function () {
      delete form.dataset.sent;
    }, 4000);
  });
}());

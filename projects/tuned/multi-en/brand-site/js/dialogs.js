// Project stories open in native dialogs
document.querySelectorAll('[data-open]').forEach(function (button) {
  button.addEventListener('click', function () {
    document.getElementById(button.dataset.open).showModal();
  });
});
document.querySelectorAll('[data-close]').forEach(function (button) {
  button.addEventListener('click', function () {
    button.closest('dialog').close();
  });
});

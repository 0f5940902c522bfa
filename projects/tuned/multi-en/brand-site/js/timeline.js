// Scroll-driven timeline: fills the line and lights up the role that is being read
(function () {
  var timeline = document.querySelector('[data-timeline]');
  var jobs = Array.prototype.slice.call(document.querySelectorAll('[data-job]'));
  var waiting = false;

  function update() {
    waiting = false;
    var box = timeline.getBoundingClientRect();
    var middle = window.innerHeight * 0.6;
    var progress = Math.min(1, Math.max(0, (middle - box.top) / box.height));
    timeline.style.setProperty('--progress', progress.toFixed(3));
    jobs.forEach(function (job) {
      var b = job.getBoundingClientRect();
      job.classList.toggle('is-current', b.top < middle && b.bottom > 0);
    });
  }

  function request() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(update);
  }

  window.addEventListener('scroll', request, { passive: true });
  window.addEventListener('resize', request);
  update();
})();

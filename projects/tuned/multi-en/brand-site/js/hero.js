// The bridge in the hero draws itself, then the cable keeps breathing a little
(function () {
  var calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  if (calm) return;
  document.querySelectorAll('.hero__bridge path').forEach(function (path, i) {
    var length = path.getTotalLength();
    path.style.strokeDasharray = length;
    path.animate([{ strokeDashoffset: length }, { strokeDashoffset: 0 }], { duration: 2200, delay: i * 400, easing: 'ease-in-out', fill: 'backwards' });
  });
  document.querySelector('.cable').animate(
    [{ transform: 'translateY(0)' }, { transform: 'translateY(6px)' }, { transform: 'translateY(0)' }],
    { duration: 6000, iterations: Infinity, easing: 'ease-in-out' },
  );
})();

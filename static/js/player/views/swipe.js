/* The full view is drawn down to close it, as far as what is under the finger has nothing left to scroll. */
const FAR_PX = 90;
let from = null;

function begin({ touches, target }) {
  const scrolled = target.closest(".scrolls")?.scrollTop > 0;
  const held = touches.length > 1 || scrolled || target.closest("input, .grip");
  from = held || !target.closest("#stage") ? null : touches[0];
}

function end({ changedTouches: [touch] }) {
  if (!from) return;
  const down = touch.clientY - from.clientY;
  if (down > FAR_PX && down > 2 * Math.abs(touch.clientX - from.clientX)) document.getElementById("stage").close();
  from = null;
}

document.addEventListener("touchstart", begin, { passive: true });
document.addEventListener("touchend", end, { passive: true });

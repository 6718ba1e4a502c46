/* The phone's camera reads the code of a certificate, where the browser can; elsewhere nothing shows and nothing is lost. */

const form = document.querySelector("form[data-scan]");

if (form && "BarcodeDetector" in window && navigator.mediaDevices?.getUserMedia) offer(form);

function offer(form) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn--plain";
  button.textContent = form.dataset.scan;
  button.addEventListener("click", () => scan(form, button));
  form.querySelector("button[type=submit]:not(.hide)").parentElement.append(button);
}

async function scan(form, button) {
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    button.remove(); // refused, or no camera: the other ways stay
    return;
  }
  const video = document.createElement("video");
  video.className = "scanner";
  video.playsInline = true;
  video.muted = true;
  video.srcObject = stream;
  button.replaceWith(video);
  await video.play();
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  const found = await read(detector, video);
  stream.getTracks().forEach((track) => track.stop());
  video.remove();
  take(form, found);
}

async function read(detector, video) {
  for (;;) {
    const [code] = await detector.detect(video);
    if (code) return code.rawValue;
    await new Promise((next) => setTimeout(next, 150));
  }
}

/** An address of this very installation is followed; anything else is checked as if it had been pasted. */
function take(form, text) {
  if (URL.canParse(text) && new URL(text).origin === location.origin) {
    location.assign(text);
    return;
  }
  form.querySelector("textarea").value = text;
  form.requestSubmit();
}

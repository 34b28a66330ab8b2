// Says in the page what allauth's script would only write to the console, and offers passkeys only
// where the browser has them.
const passkeyFailed = document.getElementById("passkey-failed");
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  passkeyFailed.hidden = false;
  passkeyFailed.scrollIntoView({ block: "nearest" });
});
if (window.PublicKeyCredential) {
  for (const part of document.querySelectorAll("[data-passkey]")) part.hidden = false;
  for (const part of document.querySelectorAll("[data-no-passkey]")) part.hidden = true;
}

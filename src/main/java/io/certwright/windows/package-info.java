/**
 * Calls on a Windows host: the port {@link io.certwright.windows.WindowsHost}, every call as a record with its answer, and the JSON in
 * which they travel. Nothing here decides; what runs on the host is {@code certwright.ps1}, one thin function a call.
 */
package io.certwright.windows;

/** Certwright as a service of the Windows that it runs on: commons-daemon's prunsrv beside Windows' own programs. */
package io.certwright.windows.service;

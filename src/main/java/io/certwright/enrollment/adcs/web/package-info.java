/** AD CS by its web pages ({@code /certsrv}): made for browsers, so that answers are told apart by their type and structure. */
package io.certwright.enrollment.adcs.web;

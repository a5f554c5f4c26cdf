/** Years of many certificates on a movable clock: production classes and a real database, fakes only at the ports. */
package io.certwright.lifecycle.years;

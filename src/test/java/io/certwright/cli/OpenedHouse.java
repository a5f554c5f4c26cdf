package io.certwright.cli;

/** A house with the rooms that a test has opened. */
record OpenedHouse(Rooms rooms) implements House {
    static OpenedHouse of(Rooms rooms) {
        return new OpenedHouse(rooms);
    }

    @Override
    public Rooms enter(GlobalOptions options) {
        return rooms;
    }

    @Override
    public String version() {
        return "0.1.0";
    }
}

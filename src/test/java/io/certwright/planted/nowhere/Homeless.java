package io.certwright.planted.nowhere;

final class Homeless {}

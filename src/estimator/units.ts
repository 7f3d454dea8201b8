/** SI base units everywhere inside: bytes, seconds, FLOP, FLOP/s, bytes/s, watts. These aliases only help reading. */
export type Bytes = number;
export type Seconds = number;
export type Flop = number;
export type FlopPerSecond = number;
export type Joules = number;
export type Watts = number;

export const KILO = 1e3;
export const MEGA = 1e6;
export const GIGA = 1e9;
export const TERA = 1e12;
export const PETA = 1e15;
export const EXA = 1e18;

export const KIB = 2 ** 10;
export const MIB = 2 ** 20;
export const GIB = 2 ** 30;
export const TIB = 2 ** 40;

export const BITS_PER_BYTE = 8;

export const SECONDS_PER_MINUTE = 60;
export const SECONDS_PER_HOUR = 3600;
export const SECONDS_PER_DAY = 86_400;

/** Joules in a kilowatt-hour. */
export const JOULES_PER_KWH = 3.6e6;

// Laws run over the same random cases every time, so that a red test can be seen again; set LAW_SEED to try others.
import fc from "fast-check";

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env.LAW_SEED ?? 20_240_331) });

#ifndef CLI_SIMULATE_H
#define CLI_SIMULATE_H

/* `shouwen simulate': the whole desk on a fake clock (desk/simulate.h). */
int cli_simulate(int argc, char **argv);

#endif

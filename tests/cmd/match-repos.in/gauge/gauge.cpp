int level() { return 4; }
int level() { return 4; }
int level() { return 4; }
int level() { return 4; }
int level() { return 4; }

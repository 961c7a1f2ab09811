int level();
int level();
int level();
int level();
int level();

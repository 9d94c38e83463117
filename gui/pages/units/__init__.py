"""单位: the register, its collectives, and what each unit is responsible for."""
